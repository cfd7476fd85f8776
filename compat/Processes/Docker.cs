namespace Compat.Processes;

/// <summary>Docker's client, as far as it is there. Images are never pulled.</summary>
internal static class Docker
{
    public const string Program = "docker";
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    /// <summary>Whether Docker answers and has the image.</summary>
    public static async Task<bool> HasAsync(string image, CancellationToken cancel)
    {
        if (ProgramPath.Find(Program) is not { } docker)
            return false;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(LongestAnswer);
        try
        {
            return (await ToolRun.RunAsync(docker, ["image", "inspect", "--format", "{{.Id}}", image], limit.Token).ConfigureAwait(false)).ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // A Docker that does not answer has no image at hand.
            return false;
        }
    }

    /// <summary>Ends a container and what it kept for itself.</summary>
    public static async Task RemoveAsync(string container)
    {
        using var limit = new CancellationTokenSource(LongestAnswer);
        try
        {
            await ToolRun.RunAsync(Program, ["rm", "--force", "--volumes", container], limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw Faults.Of($"Docker did not remove container '{container}' in {LongestAnswer.TotalSeconds:0} s. Remove it with 'docker rm --force {container}'.");
        }
    }
}
