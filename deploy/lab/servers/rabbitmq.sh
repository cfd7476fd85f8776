#!/bin/sh
# On loopback; the rest comes from the mounted file in conf.d, as with the official image.
set -eu
export RABBITMQ_MNESIA_BASE=/var/lib/rabbitmq/mnesia RABBITMQ_LOGS=- RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
exec rabbitmq-server
