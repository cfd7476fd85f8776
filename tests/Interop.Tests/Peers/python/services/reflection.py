"""Server reflection over grpcio, of what this process has loaded; Python's own package of it is not to be had here."""

import grpc
from google.protobuf.descriptor_pool import Default
from reflection.v1 import reflection_pb2 as v1
from reflection.v1 import reflection_pb2_grpc as v1_grpc
from reflection.v1alpha import reflection_pb2 as v1alpha
from reflection.v1alpha import reflection_pb2_grpc as v1alpha_grpc


def add_to(server, services):
    """Adds both versions, for services as their contracts describe them."""
    v1_grpc.add_ServerReflectionServicer_to_server(Reflection(v1, services), server)
    v1alpha_grpc.add_ServerReflectionServicer_to_server(Reflection(v1alpha, services), server)


class Reflection:
    def __init__(self, version, services):
        self._version = version
        self._services = services

    def ServerReflectionInfo(self, request_iterator, context):
        for request in request_iterator:
            yield self._version.ServerReflectionResponse(
                valid_host=request.host, original_request=request, **self._answer(request)
            )

    def _answer(self, request):
        asked = request.WhichOneof("message_request")
        try:
            if asked == "list_services":
                services = [self._version.ServiceResponse(name=service.full_name) for service in self._services]
                return {"list_services_response": self._version.ListServiceResponse(service=services)}
            if asked == "file_by_filename":
                return self._files(Default().FindFileByName(request.file_by_filename))
            if asked == "file_containing_symbol":
                return self._files(Default().FindFileContainingSymbol(request.file_containing_symbol))
        except KeyError:
            return self._error(grpc.StatusCode.NOT_FOUND)
        return self._error(grpc.StatusCode.UNIMPLEMENTED)

    def _files(self, file):
        files = {}

        def collect(each):
            if each.name not in files:
                files[each.name] = each.serialized_pb
                for imported in each.dependencies:
                    collect(imported)

        collect(file)
        response = self._version.FileDescriptorResponse(file_descriptor_proto=files.values())
        return {"file_descriptor_response": response}

    def _error(self, code):
        return {"error_response": self._version.ErrorResponse(error_code=code.value[0], error_message=code.value[1])}
