using Exporter.Oracle.Submissions;

namespace Exporter.Oracle.Clients;

/// <summary>Hands requests in until told to stop; one that resends goes on until all of its own are acknowledged.</summary>
internal sealed class Client(ISubmitDoor door, bool resends, RequestSupply supply, LifeBoard board, Random random, Pace pace, TimeProvider clock)
{
    private const int MostRequests = 4;

    public string Name { get; } = $"{door.Name}, {(resends ? "resends" : "never resends")}";

    /// <summary>Runs; throws when an answer is not what it should be.</summary>
    /// <param name="stop">Makes no new requests.</param>
    /// <param name="giveUp">Ends at once.</param>
    public async Task RunAsync(CancellationToken stop, CancellationToken giveUp)
    {
        List<SubmittedRequest> pending = [];
        while (pending.Count > 0 || !stop.IsCancellationRequested)
        {
            var life = await board.AnyAsync(random, giveUp);
            if (pending.Count == 0)
                pending = [.. Enumerable.Range(0, random.Next(1, MostRequests + 1)).Select(_ => supply.Next(resends))];
            await SendAsync(life, pending, giveUp);
            pending = resends ? [.. pending.Where(request => !request.IsAcknowledged)] : [];
            await Task.Delay(pace.LongestPause * random.NextDouble(), clock, giveUp);
        }
    }

    private async Task SendAsync(Life life, List<SubmittedRequest> pending, CancellationToken giveUp)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        time.CancelAfter(pace.LongestAnswer);
        try
        {
            await door.SendAsync(life, pending, time.Token);
        }
        catch (AnswerLostException)
        {
            // Whether it is sent again is this client's character.
        }
        catch (Exception e) when (time.IsCancellationRequested && !giveUp.IsCancellationRequested)
        {
            throw new UnexpectedAnswerException($"There was no answer within {pace.LongestAnswer}.", e);
        }
    }
}
