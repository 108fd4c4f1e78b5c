"""Who may enter: passwords, OpenID Connect, the door.

In the order data passes them:

    passwords.py    local accounts
    oidc.py         sign-in at an OpenID provider
    door.py         who may enter where
"""
