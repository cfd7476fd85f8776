namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a parameter is when the configuration says nothing.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();
}
