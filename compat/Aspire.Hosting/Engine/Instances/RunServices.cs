using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Health;
using Aspire.Hosting.Engine.Logs;
using Compat.Processes;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>What every run needs: <c>Run</c> names the processes of this start, <c>IsJob</c> tells whether others wait for a resource's end.</summary>
internal sealed record RunServices(
    string Run, EngineOptions Options, Planner Planner, Dependencies Dependencies, HealthReader Health, Watchdog Watchdog, Secrets Secrets, TimeProvider Clock, ILogger Log, Func<IResource, bool> IsJob);
