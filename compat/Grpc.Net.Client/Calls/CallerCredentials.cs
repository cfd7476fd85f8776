using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Adds to a request what shows who calls.</summary>
internal static class CallerCredentials
{
    public static ValueTask AddAsync(GrpcCall call, HttpRequestMessage request) =>
        call.Channel.Credentials.Count == 0 && call.Options.Credentials is null ? ValueTask.CompletedTask : AddAllAsync(call, request);

    private static async ValueTask AddAllAsync(GrpcCall call, HttpRequestMessage request)
    {
        if (call.Channel.Address.Scheme != Uri.UriSchemeHttps && !call.Channel.Options.UnsafeUseInsecureChannelCallCredentials)
        {
            if (call.Options.Credentials is not null)
                throw new InvalidOperationException(
                    "Call credentials are not sent over an insecure channel. Use TLS, or set UnsafeUseInsecureChannelCallCredentials.");
            return;
        }
        var interceptors = new Interceptors();
        foreach (var credentials in call.Channel.Credentials)
            credentials.InternalPopulateConfiguration(interceptors, null);
        call.Options.Credentials?.InternalPopulateConfiguration(interceptors, null);

        var service = new Uri(call.Channel.Address, call.Method.ServiceName).ToString();
        var context = new AuthInterceptorContext(service, call.Method.Name, call.Token);
        foreach (var intercept in interceptors.Found)
        {
            var metadata = new Metadata();
            await intercept(context, metadata);
            RequestMessages.Add(request, metadata);
        }
    }

    private sealed class Interceptors : CallCredentialsConfiguratorBase
    {
        public List<AsyncAuthInterceptor> Found { get; } = [];

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) => Found.Add(interceptor);

        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
        {
            foreach (var each in credentials)
                each.InternalPopulateConfiguration(this, state);
        }
    }
}
