using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.S3Export.Buckets;

namespace Exporter.S3Export.Checks;

/// <summary>Tries a bucket out, and finds how the store answers conditional writes (rule O3).</summary>
internal sealed class S3Probe(S3Client clients, TimeProvider clock)
{
    private static readonly TimeSpan LongestCheck = TimeSpan.FromMinutes(1);

    public async Task<ProbeResult> CheckAsync(ExportDefinition export, ObjectKeyTemplate template, CancellationToken cancel)
    {
        var place = new S3Place(export, template.Bucket!);
        var step = new S3StepMark();
        var steps = new ProbeSteps(fault => cancel.IsCancellationRequested ? null : S3Outcomes.Of(fault, place, step.Now, clock));
        using var time = new CancellationTokenSource(LongestCheck, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, time.Token);
        S3ProbeObjects? objects = null;
        try
        {
            return await steps.TryAsync("client", () => Task.FromResult(Describe(export, objects = new(clients.Create(export), export, template, step))))
                ? await CheckAsync(steps, objects!, place, either.Token)
                : new(steps.All, ConditionalPut.Unknown);
        }
        finally
        {
            objects?.Dispose();
        }
    }

    private static string Describe(ExportDefinition export, S3ProbeObjects objects) => export.Settings.Objects.CredentialsSecret.Length > 0
        ? $"The client asks {objects.Endpoint} with the secret '{export.Settings.Objects.CredentialsSecret}'."
        : $"The client asks {objects.Endpoint} with credentials of the AWS SDK's usual chain.";

    private static async Task<ProbeResult> CheckAsync(ProbeSteps steps, S3ProbeObjects objects, S3Place place, CancellationToken cancel)
    {
        ConditionAnswer? put = null;
        ConditionAnswer? upload = null;
        if (await steps.TryAsync("reach", () => objects.ReachAsync(cancel))
            && await steps.TryAsync("put", () => objects.PutAsync(cancel)))
        {
            await steps.TryAsync("read", () => objects.ReadAsync(place, cancel));
            await steps.TryAsync("conditional put", async () => Say(put = await objects.PutTwiceAsync(cancel), "PUT"));
            await steps.TryAsync("conditional upload", async () => Say(upload = await objects.UploadTwiceAsync(cancel), "CompleteMultipartUpload"));
            await steps.TryAsync("list uploads", () => objects.ListUploadsAsync(cancel));
            await steps.TryAsync("delete", () => objects.DeleteAsync(cancel));
        }

        return new(steps.All, Conclude(put, upload));
    }

    private static ConditionalPut Conclude(ConditionAnswer? put, ConditionAnswer? upload) => (put, upload) switch
    {
        (null, _) or (_, null) => ConditionalPut.Unknown,
        (ConditionAnswer.Honoured, ConditionAnswer.Honoured) => ConditionalPut.Honoured,
        (ConditionAnswer.Honoured, _) => ConditionalPut.PutOnly,
        (ConditionAnswer.Ignored, _) => ConditionalPut.Ignored,
        _ => ConditionalPut.Refused,
    };

    private static string Say(ConditionAnswer? answer, string request) => answer switch
    {
        ConditionAnswer.Honoured => $"A second {request} to the same key was refused: the condition is honoured.",
        ConditionAnswer.Ignored => $"A second {request} replaced the object: the condition is ignored, and a HEAD goes first instead.",
        _ => $"A {request} with a condition was answered with 501: it is sent without, and a HEAD goes first instead.",
    };
}

/// <summary>How a store answered If-None-Match.</summary>
internal enum ConditionAnswer
{
    Honoured,
    Ignored,
    Refused,
}
