namespace Exporter.Oracle.Checks;

internal enum FindingKind
{
    /// <summary>An acknowledged report is not where it belongs.</summary>
    Lost,

    /// <summary>A report is there more than once.</summary>
    Doubled,

    /// <summary>A report is there that nobody submitted.</summary>
    Foreign,

    /// <summary>A report is not what was submitted.</summary>
    Changed,

    /// <summary>A report is there that the export skips.</summary>
    Skipped,

    /// <summary>A report lies in the folder of another source or API key.</summary>
    Misplaced,

    /// <summary>A part of a request arrived, and a part did not.</summary>
    Torn,

    /// <summary>An object can't be read.</summary>
    Unreadable,

    /// <summary>Two objects have the same name.</summary>
    SameName,

    /// <summary>A file or a block that should be gone.</summary>
    Leftover,

    /// <summary>The books don't balance, or say something else than the destination.</summary>
    Unbalanced,

    /// <summary>The queues did not get empty.</summary>
    Undrained,

    /// <summary>A client got an answer that it should not get, or none.</summary>
    Answer,

    /// <summary>The process ended, or did not end, other than it should.</summary>
    Process,

    /// <summary>A service does not get healthy though nothing is wrong any more.</summary>
    Unhealthy,

    /// <summary>The process said something though all was well.</summary>
    Noise,
}
