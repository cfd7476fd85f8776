using Exporter.Oracle.Fuzz.Drafts;
using Exporter.RawHttp2;
using Google.Protobuf;

namespace Exporter.Oracle.Fuzz.Verdicts;

/// <summary>How an input ended, and what is wrong with that.</summary>
/// <param name="Verdict">How.</param>
/// <param name="Detail">The status or code.</param>
/// <param name="Complaint">Null when all is well.</param>
internal sealed record Outcome(Verdict Verdict, string Detail, string? Complaint)
{
    /// <summary>Judges what came back.</summary>
    /// <param name="draft">What was sent.</param>
    /// <param name="record">Of the call's stream.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="isLetGo">Whether the caller went away, and the server let go of it.</param>
    public static Outcome Of(Draft draft, StreamRecord record, RawConnection connection, bool isLetGo)
    {
        var expect = draft.Expect;
        if (connection.Fault is { } fault)
            return new(Verdict.Closed, "", fault);
        if (record.IsWhole)
            return OfAnswer(draft, record);
        if (record.ResetCode is { } code)
            return new(Verdict.Reset, $"{code}", expect.MayReset || isLetGo ? null : $"The stream was reset with code {code}; expected: {expect}.");
        if (isLetGo)
            return new(Verdict.Withdrawn, "", expect.MayWait || expect.IsOpen ? null : $"There was no answer; expected: {expect}.");
        if (connection.Ended.IsCompleted)
            return new(Verdict.Closed, $"{connection.GoAwayCode}", expect.MayClose ? null : $"The connection was ended with code {connection.GoAwayCode}; expected: {expect}.");
        return new(Verdict.Silent, "", "Neither an answer nor an end came.");
    }

    private static Outcome OfAnswer(Draft draft, StreamRecord record)
    {
        try
        {
            var answer = Answer.Of(record);
            return answer.Status is { } status
                ? new(Verdict.Answered, $"{status}", ComplaintOf(draft, status, answer.Messages))
                : new(Verdict.Refused, $"{answer.HttpStatus}", draft.Expect.AllowsHttp(answer.HttpStatus) ? null : $"HTTP {answer.HttpStatus} came; expected: {draft.Expect}.");
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or InvalidProtocolBufferException)
        {
            return new(Verdict.Answered, "", e.Message);
        }
    }

    private static string? ComplaintOf(Draft draft, int status, IReadOnlyList<byte[]> messages)
    {
        if (!draft.Expect.Allows(status))
            return $"Status {status} came; expected: {draft.Expect}.";
        if (draft.Method.GivesOne && messages.Count != (status == 0 ? 1 : 0))
            return $"Status {status} came with {messages.Count} messages.";
        return status == 0 && draft.IsIntact ? draft.Method.FaultOf(draft.Messages, messages) : null;
    }
}
