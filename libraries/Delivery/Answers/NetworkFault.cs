using System.Net.Sockets;
using System.Security.Authentication;
using Exporter.Delivery.Addresses;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Secrets;

namespace Exporter.Delivery.Answers;

/// <summary>What it means when a destination gave no answer at all; the same for stores and partners.</summary>
public static class NetworkFault
{
    /// <summary>The outcome, or null for what is no fault of network or configuration.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="place">The destination in a sentence, without secrets.</param>
    public static Outcome.Deferred? Of(Exception fault, string place) => fault switch
    {
        _ when Causes(fault).OfType<SecretException>().FirstOrDefault() is { } secret => SetUp("secret_missing", $"{place} can't be asked: {secret.Message}"),
        _ when Causes(fault).OfType<AddressRefusedException>().FirstOrDefault() is { } refused => SetUp("address_refused", $"{place}: {refused.Message}"),
        _ when Causes(fault).Any(cause => cause is AuthenticationException) =>
            SetUp("tls", $"{place} offers no certificate that is trusted. Check its address, its certificate, and this machine's authorities or authority_secret."),
        _ when Causes(fault).OfType<SocketException>().FirstOrDefault() is { } socket => OfSocket(socket, place),
        OperationCanceledException or TimeoutException => Passing("timeout", $"{place} did not answer in time. Look at the destination and the network."),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Name(place),
        HttpRequestException or IOException => Passing("connection", $"{place} broke the connection. Look at the destination and the network."),
        _ => null,
    };

    private static Outcome.Deferred OfSocket(SocketException socket, string place) => socket.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => Name(place),
        SocketError.TimedOut => Passing("timeout", $"{place} did not answer in time. Look at the destination and the network."),
        _ => Passing("connection", $"{place} can't be reached ({socket.SocketErrorCode}). Look at the destination and the network."),
    };

    private static Outcome.Deferred Name(string place) =>
        Passing("name", $"{place} has a name that can't be resolved. Check the address and the name service.");

    private static Outcome.Deferred Passing(string errorType, string detail) => new(errorType, detail, FaultOf.Destination);

    private static Outcome.Deferred SetUp(string errorType, string detail) => new(errorType, detail, FaultOf.SetUp);

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
