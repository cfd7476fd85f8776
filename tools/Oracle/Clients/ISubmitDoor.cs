using Exporter.Oracle.Submissions;

namespace Exporter.Oracle.Clients;

/// <summary>One way of handing requests in.</summary>
internal interface ISubmitDoor
{
    string Name { get; }

    /// <summary>Sends requests and marks those that are acknowledged.</summary>
    /// <exception cref="AnswerLostException">Some were not, and nobody can know what became of them.</exception>
    /// <exception cref="UnexpectedAnswerException">One was answered as it should not be.</exception>
    Task SendAsync(Life life, IReadOnlyList<SubmittedRequest> requests, CancellationToken cancel);
}

/// <summary>The answer did not arrive, or said to try later.</summary>
internal sealed class AnswerLostException(Exception? cause = null) : Exception("The answer was lost.", cause);

/// <summary>An answer that a sound Exporter does not give to a sound request.</summary>
internal sealed class UnexpectedAnswerException(string message, Exception? cause = null) : Exception(message, cause);
