using Exporter.Delivery.Batches;
using Exporter.Delivery.Objects;

namespace Exporter.S3Export.Checks;

/// <summary>Gathers the steps of a check; a fault becomes a failed step by the same table as in delivery.</summary>
internal sealed class ProbeSteps(Func<Exception, Outcome?> outcomeOf)
{
    private readonly List<ProbeStep> steps = [];

    public IReadOnlyList<ProbeStep> All => steps;

    /// <summary>Makes a step that gives the sentence for its success; false when it failed.</summary>
    public async Task<bool> TryAsync(string name, Func<Task<string>> step)
    {
        try
        {
            steps.Add(new(name, true, await step()));
            return true;
        }
        catch (ProbeFailedException e)
        {
            steps.Add(new(name, false, e.Message));
        }
        catch (Exception e) when (outcomeOf(e) is { } outcome)
        {
            steps.Add(new(name, false, DetailOf(outcome)));
        }

        return false;
    }

    private static string DetailOf(Outcome outcome) => outcome switch
    {
        Outcome.Deferred deferred => deferred.Detail,
        Outcome.Rejected rejected => rejected.Detail,
        _ => "",
    };
}

/// <summary>A step went through and found what must not be.</summary>
internal sealed class ProbeFailedException(string message) : Exception(message);
