using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Data;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Parameters, and connection strings that the configuration has.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A parameter that the configuration must have, as <c>Parameters:name</c> (<c>Parameters__name</c> in the environment, hyphens as underscores).</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false) =>
        builder.AddResource(CreateParameter(builder, name, secret));

    /// <summary>A parameter with a value that the configuration can replace.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddParameter(name, () => value, publishValueAsDefault, secret);

    /// <summary>A parameter with a value that the configuration can replace.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, Func<string> valueGetter, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => Configured(builder, KeyOf(name)) ?? valueGetter(), secret));

    /// <summary>A parameter with a default that the configuration can replace.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">The default.</param>
    /// <param name="secret">Whether it is shown nowhere.</param>
    /// <param name="persist">Whether the default is made once and kept with the data.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = persist ? Kept(builder, name, value) : value;
        return builder.AddResource(parameter);
    }

    /// <summary>A parameter that stands elsewhere in the configuration.</summary>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(this IDistributedApplicationBuilder builder, [ResourceName] string name, string configurationKey, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, standard => Read(builder, name, configurationKey, standard), secret));

    /// <summary>A connection string that the configuration has, as <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? environmentVariableName = null) =>
        builder.AddResource(new ConnectionStringParameterResource(name, _ => ReadConnectionString(builder, name), environmentVariableName));

    /// <summary>Says what a parameter is for.</summary>
    public static IResourceBuilder<ParameterResource> WithDescription(this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        builder.Resource.Description = description;
        return builder;
    }

    /// <summary>A password that is made once, unless the configuration has one. It is no resource of the application yet.</summary>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder, string name, bool lower = true, bool upper = true, bool numeric = true, bool special = true, int minLower = 0, int minUpper = 0, int minNumeric = 0, int minSpecial = 0) =>
        CreateGeneratedParameter(builder, name, secret: true, new GenerateParameterDefault
        {
            Lower = lower, Upper = upper, Numeric = numeric, Special = special, MinLower = minLower, MinUpper = minUpper, MinNumeric = minNumeric, MinSpecial = minSpecial,
        });

    /// <summary>A value that is made once, unless the configuration has one. It is no resource of the application yet.</summary>
    public static ParameterResource CreateGeneratedParameter(IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault parameterDefault)
    {
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = Kept(builder, name, parameterDefault);
        return parameter;
    }

    /// <summary>A parameter that is no resource of the application yet.</summary>
    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret) =>
        new(name, standard => Read(builder, name, KeyOf(name), standard), secret);

    private static string KeyOf(string name) => $"Parameters:{name}";

    private static KeptParameterDefault Kept(IDistributedApplicationBuilder builder, string name, ParameterDefault source) =>
        new(new KeptValues(DataFolder.PathOf(builder)), name, source);

    private static string Read(IDistributedApplicationBuilder builder, string name, string key, ParameterDefault? standard) =>
        Configured(builder, key) ?? standard?.GetDefaultValue() ?? throw new MissingParameterValueException(
            $"Parameter '{name}' has no value. Set '{key}', in the environment '{key.Replace(":", "__", StringComparison.Ordinal).Replace('-', '_')}'.");

    private static string ReadConnectionString(IDistributedApplicationBuilder builder, string name) => builder.Configuration.GetConnectionString(name)
        ?? throw new MissingParameterValueException($"Connection string '{name}' is missing. Set 'ConnectionStrings:{name}', in the environment 'ConnectionStrings__{name}'.");

    private static string? Configured(IDistributedApplicationBuilder builder, string key) =>
        builder.Configuration[key] ?? builder.Configuration[key.Replace('-', '_')];
}
