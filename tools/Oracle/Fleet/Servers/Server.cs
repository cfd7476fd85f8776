namespace Exporter.Oracle.Fleet.Servers;

/// <summary>A server that services stand on.</summary>
/// <param name="Name">For people.</param>
/// <param name="StopAsync">Takes it away from its clients.</param>
/// <param name="StartAsync">Brings it back, with all that it had confirmed.</param>
internal sealed record Server(string Name, Func<Task> StopAsync, Func<Task> StartAsync);
