using Exporter.Delivery.Exports;
using Exporter.Doorbells.Answering;
using Exporter.Messages.V1;
using MassTransit;
using RabbitMQ.Client;

namespace Exporter.Doorbells.RabbitMq;

/// <summary>The bus on RabbitMQ: quorum queues that forget after a minute, and confirmed publishing.</summary>
internal static class RabbitMqBus
{
    private const int MaxWaiting = 1000;
    private const int MaxWaitingBytes = 1024 * 1024;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator transport, RabbitMqAddress address, IReadOnlyList<DoorbellQueue> queues)
    {
        var options = context.GetRequiredService<DoorbellOptions>();
        transport.Host(address.Host, address.Port, address.VirtualHost, context.GetRequiredService<IHostEnvironment>().ApplicationName, host => Connect(host, address, options));
        DoorbellContracts.Configure(transport);
        transport.Publish<DeliverBatch>(topology => topology.ExchangeType = ExchangeType.Direct);

        // The endpoint of the bus itself holds the connection of a process that only publishes, so that its health is known.
        transport.AutoStart = true;
        transport.OverrideDefaultBusEndpointQueueName($"exporter-bus-{Guid.NewGuid():n}");
        foreach (var queue in queues)
            transport.ReceiveEndpoint(queue.Name, endpoint => Declare(endpoint, queue, options, context));
    }

    private static void Connect(IRabbitMqHostConfigurator host, RabbitMqAddress address, DoorbellOptions options)
    {
        host.Username(address.User);
        host.Password(address.Password);
        host.PublisherConfirmation = true;
        host.Heartbeat(Heartbeat);
        host.RequestedConnectionTimeout(ConnectTimeout);
        host.ContinuationTimeout(ConnectTimeout);
        if (!address.IsTls)
            return;

        host.UseSsl(tls =>
        {
            tls.ServerName = options.TlsServerName ?? address.Host;
            tls.Protocol = System.Security.Authentication.SslProtocols.None;

            // Always our own check: MassTransit's default lets a certificate of anybody pass.
            tls.CertificateValidationCallback = new BrokerCertificate(options.TlsAuthorityFile).IsTrusted;
        });
    }

    private static void Declare(IRabbitMqReceiveEndpointConfigurator endpoint, DoorbellQueue queue, DoorbellOptions options, IBusRegistrationContext context)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", options.DeliveryLimit);
        endpoint.SetQueueArgument("x-message-ttl", DoorbellContracts.MessageLife);
        endpoint.SetQueueArgument("x-max-length", MaxWaiting);
        endpoint.SetQueueArgument("x-max-length-bytes", MaxWaitingBytes);
        endpoint.SetQueueArgument("x-overflow", "drop-head");
        if (queue.Kind is not { } kind)
        {
            endpoint.ConfigureConsumer<RouteReports>(context);
            return;
        }

        endpoint.ConfigureConsumeTopology = false;
        endpoint.Bind<DeliverBatch>(binding =>
        {
            binding.ExchangeType = ExchangeType.Direct;
            binding.RoutingKey = ExportKindWord.Of(kind);
        });
        endpoint.ConfigureConsumer<DeliverBatches>(context);
    }
}
