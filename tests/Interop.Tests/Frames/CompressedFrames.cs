namespace Exporter.Interop.Frames;

/// <summary>
/// What a compression case must have put on the wire, as the flags of the frames that our side recorded: a string a call, a
/// digit a message.
/// </summary>
internal static class CompressedFrames
{
    /// <param name="journal">Of our client or our server, with the calls of one case.</param>
    /// <param name="name">The case.</param>
    /// <param name="probed">Whether the client probed the server with a message that claims to be compressed and is not.</param>
    public static void ShouldBeThoseOf(FrameJournal journal, string name, bool probed)
    {
        string[] probe = probed ? ["0"] : [];
        switch (name)
        {
            case "client_compressed_unary":
                journal.RequestsOf("UnaryCall").ShouldBe([.. probe, "1", "0"]);
                break;
            case "client_compressed_streaming":
                journal.RequestsOf("StreamingInputCall").ShouldBe([.. probe, "10"]);
                break;
            case "server_compressed_unary":
                journal.ResponsesOf("UnaryCall").ShouldBe(["1", "0"]);
                break;
            case "server_compressed_streaming":
                journal.ResponsesOf("StreamingOutputCall").ShouldBe(["10"]);
                break;
        }
    }
}
