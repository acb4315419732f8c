# Where third-party sources come from, pinned by checksum. Nothing fetched is ever committed.

set(OSQP_CRATE "osqp-sys" "1.0.1" "7b70bc255afb17e18ccd40deb2d86e87cec78c780dcbc127f429e5f2336f1347" "osqp")
set(OSQP_ARCHIVE
    "https://github.com/osqp/osqp/archive/refs/tags/v1.0.0.tar.gz"
    "dd6a1c2e7e921485697d5e7cdeeb043c712526c395b3700601f51d472a7d8e48")

# OSQP's linear solver. The crate of an older OSQP carries it, in a release whose interface is the
# one that OSQP 1.0.0 calls.
set(QDLDL_CRATE "osqp-sys" "0.6.2" "7767aa83dba70b46f4fbf9a9662c3b2710db0fc5e74cfa16c2991d049ed17faa"
    "osqp/lin_sys/direct/qdldl/qdldl_sources")
set(QDLDL_ARCHIVE
    "https://github.com/osqp/qdldl/archive/refs/tags/v0.1.8.tar.gz"
    "ecf113fd6ad8714f16289eb4d5f4d8b27842b6775b978c39def5913f983f6daa")

set(SEAL_CRATE "sealy" "0.2.0" "17dbf0eb13e9306219ea2cb9e062c2ebcfe38bd41b6a03bb9c0a8bfc63cc426a" "SEAL")
set(SEAL_ARCHIVE
    "https://github.com/microsoft/SEAL/archive/refs/tags/v4.1.2.tar.gz"
    "acc2a1a127a85d1e1ffcca3ffd148f736e665df6d6b072df0e42fff64795a13c")
