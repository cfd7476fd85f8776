using System.Security.Cryptography;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Faults;
using Exporter.Delivery.Objects;
using Exporter.S3Export.Bodies;

namespace Exporter.S3Export.Files;

/// <summary>Writes a batch as one file, whole or not at all, and never over another (rule O7).</summary>
internal sealed class FileSender(FileRoots roots) : IBatchSender
{
    private const int PartBytes = 1024 * 1024;

    public async Task<Outcome> SendAsync(DeliveryAttempt attempt, CancellationToken cancel)
    {
        var target = attempt.Batch.Target!;
        var path = ObjectLocation.Parse(target.Location).Key;
        try
        {
            return await Task.Run(() => SendAsync(attempt, target, path, cancel), cancel);
        }
        catch (Exception e) when (FileOutcomes.Of(e, attempt.Export, path) is { } outcome)
        {
            return outcome;
        }
    }

    private async Task<Outcome> SendAsync(DeliveryAttempt attempt, ObjectTarget target, string path, CancellationToken cancel)
    {
        var (root, folder) = roots.Enter(path);
        TemporaryFile.RemoveAll(folder, attempt.Batch.Id, attempt.Claim.Attempt);
        var temporary = Path.Combine(folder, TemporaryFile.Name(attempt.Batch.Id, attempt.Claim.Attempt));
        try
        {
            Failpoint.Pass("put.before");
            var receipt = await WriteAsync(attempt, target, temporary, cancel);
            Failpoint.Pass("put.after");
            return Publish(attempt, target, temporary, Path.Combine(folder, Path.GetFileName(path)), root, receipt);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<ObjectReceipt> WriteAsync(DeliveryAttempt attempt, ObjectTarget target, string temporary, CancellationToken cancel)
    {
        using var encoder = new BodyEncoder(target, PartBytes);
        using var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
        var offset = 0L;
        await foreach (var part in encoder.EncodeAsync(attempt, cancel))
        {
            using (part)
            {
                for (var at = 0L; part.From(at) is { IsEmpty: false } bytes; at += bytes.Length)
                    RandomAccess.Write(file, bytes.Span, offset + at);
                offset += part.Length;
            }

            attempt.Progress();
        }

        RandomAccess.FlushToDisk(file);
        attempt.Progress();
        return new(encoder.Bytes, "", encoder.Sha256);
    }

    private static Outcome Publish(
        DeliveryAttempt attempt, ObjectTarget target, string temporary, string path, string root, ObjectReceipt receipt)
    {
        Failpoint.Pass("complete.before");
        if (!Posix.TryRename(temporary, path))
        {
            if (!FileComparison.AreSame(temporary, path, target.Compression))
                return new Outcome.Rejected(
                    "key_taken", $"Folder '{FileOutcomes.FolderOf(attempt.Export, path)}' in export '{attempt.Export.Name}' holds something else than batch {attempt.Batch.Id} at the batch's path. Move it away, then replay.");
            receipt = ReceiptOf(path);
        }

        SyncFolders(Path.GetDirectoryName(path)!, root);
        Failpoint.Pass("complete.after");
        attempt.Progress();
        return new Outcome.Delivered(receipt);
    }

    private static ObjectReceipt ReceiptOf(string path)
    {
        Posix.Sync(path);
        using var file = File.OpenRead(path);
        return new(file.Length, "", Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    /// <summary>Whoever made a folder may have died before its name was on disk, so each up to the root is made sure of.</summary>
    private static void SyncFolders(string folder, string root)
    {
        for (var ancestor = folder; ; ancestor = Path.GetDirectoryName(ancestor)!)
        {
            Posix.Sync(ancestor);
            if (ancestor == root)
                return;
        }
    }
}
