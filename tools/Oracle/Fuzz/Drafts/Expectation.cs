namespace Exporter.Oracle.Fuzz.Drafts;

/// <summary>How an input may end. It begins with OK alone; every mutation adds what it may cause.</summary>
internal sealed class Expectation
{
    private readonly HashSet<int> statuses = [0];
    private readonly HashSet<int> httpStatuses = [];
    private bool isOkForbidden;

    /// <summary>Whether RST_STREAM is an answer.</summary>
    public bool MayReset { get; private set; }

    /// <summary>Whether an end of the connection is an answer.</summary>
    public bool MayClose { get; private set; }

    /// <summary>Whether the server may wait for more, so that the input must be withdrawn.</summary>
    public bool MayWait { get; private set; }

    /// <summary>Whether nobody can tell what the bytes mean, so that anything in good order will do.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether an answer may be OK.</summary>
    public bool MaySucceed => !isOkForbidden;

    public bool Allows(int status) => status == 0 ? MaySucceed : IsOpen || statuses.Contains(status);

    public bool AllowsHttp(int status) => IsOpen || httpStatuses.Contains(status);

    /// <summary>These statuses, too.</summary>
    public Expectation May(params int[] also)
    {
        statuses.UnionWith(also);
        return this;
    }

    /// <summary>These statuses, and never OK.</summary>
    public Expectation Refuse(params int[] only)
    {
        isOkForbidden = true;
        return May(only);
    }

    /// <summary>An HTTP status in place of an answer.</summary>
    public Expectation Http(params int[] also)
    {
        httpStatuses.UnionWith(also);
        return this;
    }

    /// <summary>The end of the stream or of the connection.</summary>
    public Expectation Break()
    {
        MayReset = MayClose = true;
        return this;
    }

    /// <summary>The end of the connection.</summary>
    public Expectation Close()
    {
        MayClose = true;
        return this;
    }

    /// <summary>The caller does not end its side.</summary>
    public Expectation Wait()
    {
        MayWait = true;
        return this;
    }

    /// <summary>Anything in good order.</summary>
    public Expectation Anything()
    {
        IsOpen = MayReset = MayClose = true;
        return this;
    }

    public override string ToString() =>
        $"status {string.Join('/', statuses.Where(Allows).Order())}"
        + (httpStatuses.Count > 0 ? $", HTTP {string.Join('/', httpStatuses.Order())}" : "")
        + (MayReset ? ", reset" : "") + (MayClose ? ", close" : "") + (MayWait ? ", wait" : "") + (IsOpen ? ", anything in good order" : "");
}
