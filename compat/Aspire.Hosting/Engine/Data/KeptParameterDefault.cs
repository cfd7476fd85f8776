using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine.Data;

/// <summary>A value that is made once and kept with the data: what it opened must open again at the next start.</summary>
internal sealed class KeptParameterDefault(KeptValues kept, string name, ParameterDefault source) : ParameterDefault
{
    public override string GetDefaultValue() => kept.GetOrAdd(name, source.GetDefaultValue);
}
