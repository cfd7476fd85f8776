using System.Net;
using Exporter.Delivery.Addresses;

namespace Exporter.Delivery;

/// <summary>Names that change their answers, with a resolver and connections that are made up: nothing leaves this process.</summary>
public sealed class LookUpTests
{
    [Fact]
    public async Task A_name_that_leads_outside_at_one_look_up_and_inside_at_the_next_is_refused_at_the_next()
    {
        var connected = new List<IPAddress[]>();
        var answers = new Queue<IPAddress[]>([[IPAddress.Parse("8.8.8.8")], [IPAddress.Loopback], [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("9.9.9.9")]]);
        using var http = new HttpMessageInvoker(GuardedHttp.CreateHandler(
            AllowedHosts.None,
            (_, _) => Task.FromResult(answers.Dequeue()),
            (addresses, _, _) =>
            {
                connected.Add(addresses);
                throw new IOException("Nobody is called.");
            }));

        (await FaultAsync(http)).ShouldBeOfType<IOException>();
        (await FaultAsync(http)).ShouldBeOfType<AddressRefusedException>().Host.ShouldBe("rebinding.example");
        (await FaultAsync(http)).ShouldBeOfType<IOException>();

        connected.ShouldBe([[IPAddress.Parse("8.8.8.8")], [IPAddress.Parse("9.9.9.9")]]);
        answers.ShouldBeEmpty("each connection looks up once");
    }

    private static async Task<Exception?> FaultAsync(HttpMessageInvoker http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://rebinding.example/");
        return (await Should.ThrowAsync<HttpRequestException>(() => http.SendAsync(request, TestContext.Current.CancellationToken))).InnerException;
    }
}
