"""What a server says of its contracts: enough to call it without having them."""

import grpc
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import MessageFactory
from reflection.v1 import reflection_pb2 as v1
from reflection.v1 import reflection_pb2_grpc as v1_grpc
from reflection.v1alpha import reflection_pb2 as v1alpha
from reflection.v1alpha import reflection_pb2_grpc as v1alpha_grpc

from cases import checks
from cases.streaming import Requests

NOT_FOUND = grpc.StatusCode.NOT_FOUND.value[0]


def reflection_v1(channel):
    reflect(channel, v1, v1_grpc)


def reflection_v1alpha(channel):
    reflect(channel, v1alpha, v1alpha_grpc)


def reflect(channel, version, version_grpc):
    with Requests() as requests:
        responses = version_grpc.ServerReflectionStub(channel).ServerReflectionInfo(requests, timeout=checks.LONGEST)

        def ask(**question):
            requests.send(version.ServerReflectionRequest(**question))
            return next(responses)

        services = [service.name for service in ask(list_services="*").list_services_response.service]
        checks.equal("grpc.testing.TestService" in services, True)
        files = ask(file_containing_symbol="grpc.testing.TestService").file_descriptor_response.file_descriptor_proto
        call_without_contracts(channel, files)
        for symbol in ("grpc.testing.SimpleRequest", "grpc.testing.TestService.FullDuplexCall"):
            checks.equal(len(ask(file_containing_symbol=symbol).file_descriptor_response.file_descriptor_proto) > 0, True)
        again = ask(file_by_filename=FileDescriptorProto.FromString(files[0]).name)
        checks.equal(again.file_descriptor_response.file_descriptor_proto[0], files[0])
        checks.equal(ask(file_containing_symbol="no.such.Symbol").error_response.error_code, NOT_FOUND)
        checks.equal(ask(file_by_filename="no/such.proto").error_response.error_code, NOT_FOUND)
    checks.equal(list(responses), [])


def call_without_contracts(channel, files):
    """Makes a large unary call with no more than the files tell."""
    pool = DescriptorPool()
    add_in_order(pool, [FileDescriptorProto.FromString(file) for file in files])
    declaring = pool.FindFileContainingSymbol("grpc.testing.TestService")
    method = declaring.services_by_name["TestService"].methods_by_name["UnaryCall"]
    request = MessageFactory(pool).GetPrototype(method.input_type)(response_size=314159)
    call = channel.unary_unary(
        "/grpc.testing.TestService/UnaryCall",
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=MessageFactory(pool).GetPrototype(method.output_type).FromString,
    )
    checks.zeros(call(request, timeout=checks.LONGEST).payload, 314159)


def add_in_order(pool, files):
    """Adds files to a pool, each after those that it imports."""
    by_name = {file.name: file for file in files}

    def add(file):
        for imported in file.dependency:
            if imported in by_name:
                add(by_name.pop(imported))
        pool.Add(file)

    while by_name:
        add(by_name.pop(next(iter(by_name))))
