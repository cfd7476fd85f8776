"""Turns compose.yaml, as docker-compose understands it, into one for a machine that can't pull images: everything on the host's
loopback, and the servers' images made here from Debian's packages. The services' images, users, secrets, limits, health checks
and order stay as they are."""
import sys

import yaml

SERVERS = {
    "postgres": {"entrypoint": ["postgres.sh"]},
    "rabbitmq": {"entrypoint": ["rabbitmq.sh"], "command": [], "environment": {
        "HOME": "/var/lib/rabbitmq", "RABBITMQ_NODENAME": "lab@localhost", "ERL_EPMD_PORT": "43690", "ERL_EPMD_ADDRESS": "127.0.0.1"}},
    "redis": {"command": ["redis-server", "/run/secrets/redis-server", "--bind", "127.0.0.1"]},
    "objects": {"entrypoint": ["objects.sh"], "command": [], "healthcheck": {
        "test": ["CMD", "curl", "-fsS", "http://127.0.0.1:9000"], "interval": "5s", "timeout": "5s", "retries": 60}},
    "bucket": {"entrypoint": ["s3.sh"], "command": ["PUT", "/reports"]},
}
# The image's own probe, with more patience: such machines are busy.
PATIENCE = {"interval": "10s", "timeout": "120s", "start_period": "300s", "retries": 3}
PORTS = {"Exporter__Listen": "127.0.0.1", "Exporter__AdminListen": "127.0.0.1"}
HEALTH_PORTS = {"router": "8083", "s3export": "8084", "geosubmitexport": "8085", "stationupdater": "8086", "collector": "8087"}

compose = yaml.safe_load(sys.stdin)
names = [f"{name}:127.0.0.1" for name in ("postgres", "rabbitmq", "redis", "objects")]
for name, service in compose["services"].items():
    service.pop("ports", None)
    service.pop("networks", None)
    service.pop("hostname", None)
    service["network_mode"] = "host"
    service["extra_hosts"] = names
    if name in SERVERS:
        service["image"] = "exporter-lab/servers"
        service.update(SERVERS[name])
    elif name != "migrations":
        service["environment"].update(PORTS)
        service["healthcheck"] = PATIENCE
        if name in HEALTH_PORTS:
            service["environment"]["Exporter__HttpPort"] = HEALTH_PORTS[name]
    if "build" in service:
        service["build"]["network"] = "host"
yaml.safe_dump(compose, sys.stdout)
