using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Exporter.Interop.Frames;

/// <summary>The body of a response, where everything written passes a recorder first.</summary>
internal sealed class RecordingBody(IHttpResponseBodyFeature inner, FrameFlags flags) : IHttpResponseBodyFeature
{
    public Stream Stream => inner.Stream;

    public PipeWriter Writer { get; } = new RecordingWriter(inner.Writer, flags);

    public Task CompleteAsync() => inner.CompleteAsync();

    public void DisableBuffering() => inner.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        inner.SendFileAsync(path, offset, count, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);
}
