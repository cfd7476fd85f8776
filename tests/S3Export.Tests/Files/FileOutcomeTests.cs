using Exporter.Delivery.Batches;
using Exporter.S3Export.Files;
using Exporter.TestKit;

namespace Exporter.S3Export.Tests.Files;

/// <summary>The table of folders in docs/s3-outcomes.md, row by row.</summary>
public sealed class FileOutcomeTests
{
    private static readonly Dictionary<string, Exception> FaultByErrno = new()
    {
        ["ENOSPC"] = new IOException("", 28),
        ["EDQUOT"] = new IOException("", 122),
        ["EACCES"] = new UnauthorizedAccessException(),
        ["EPERM"] = new IOException("", 1),
        ["EROFS"] = new IOException("", 30),
        ["ENAMETOOLONG"] = new PathTooLongException(),
        ["ENOENT"] = new IOException("", 2),
        ["EIO"] = new IOException("", 5),
        [""] = new FileRefusedException("The folder lies elsewhere."),
    };

    public static TheoryData<string, string, string, string> Faults { get; } =
        new(DocumentedTable.Rows("docs/s3-outcomes.md", "what happens", "errno").Select(row => (row[1], row[2], row[3], row[4])));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_the_outcome_that_the_table_says(string errno, string outcome, string errorType, string fault)
    {
        var got = FileOutcomes.Of(FaultByErrno[errno], TestKit.Batches.TestExports.ToFolder("/data"), "/data/backup/gnss/secret-key/file.json");

        var (word, detail) = got switch
        {
            Outcome.Deferred deferred => (("Deferred", deferred.ErrorType, deferred.Fault.ToString()), deferred.Detail),
            Outcome.Rejected rejected => (("Rejected", rejected.ErrorType, ""), rejected.Detail),
            _ => (("Delivered", "", ""), ""),
        };
        word.ShouldBe((outcome, errorType, fault));
        detail.ShouldContain("'daily'");
        detail.ShouldNotContain("secret-key");
    }
}
