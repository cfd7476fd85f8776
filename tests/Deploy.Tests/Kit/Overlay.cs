using Exporter.Deploy.Kit;

namespace Exporter.Deploy;

/// <summary>The overlays that there are.</summary>
public static class Overlay
{
    public static TheoryData<string> All => new("deploy/kubernetes/overlays/small", "deploy/kubernetes/overlays/large");
}
