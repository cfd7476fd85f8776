using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Logs;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>Makes up the environment and the arguments of an instance.</summary>
internal sealed class Variables(DistributedApplicationExecutionContext context, Secrets secrets)
{
    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(ResourceInstance instance, IReadOnlyDictionary<EndpointAnnotation, int> ports, CancellationToken cancel)
    {
        var callback = new EnvironmentCallbackContext(context, instance.Resource, OfPorts(instance.Resource, ports), cancel);
        foreach (var annotation in instance.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            await annotation.Callback(callback).ConfigureAwait(false);

        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in callback.EnvironmentVariables)
        {
            if (await TextAsync(value, instance, cancel).ConfigureAwait(false) is { } text)
                environment[name] = text;
        }

        return environment;
    }

    public async Task<IReadOnlyList<string>> ArgumentsAsync(ResourceInstance instance, CancellationToken cancel)
    {
        var callback = new CommandLineArgsCallbackContext([], instance.Resource, cancel);
        foreach (var annotation in instance.Resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await annotation.Callback(callback).ConfigureAwait(false);

        var arguments = new List<string>();
        foreach (var argument in callback.Args)
            arguments.Add(await TextAsync(argument, instance, cancel).ConfigureAwait(false) ?? "");
        return arguments;
    }

    private static Dictionary<string, object> OfPorts(IResource resource, IReadOnlyDictionary<EndpointAnnotation, int> ports)
    {
        var environment = new Dictionary<string, object>();
        foreach (var (endpoint, port) in ports)
        {
            if (endpoint.TargetPortEnvironmentVariable is { } variable)
                environment[variable] = port.ToString(CultureInfo.InvariantCulture);
        }

        var urls = ports.Where(known => known.Key is { IsHttp: true, TargetPortEnvironmentVariable: null })
            .Select(known => string.Create(CultureInfo.InvariantCulture, $"{known.Key.UriScheme}://{known.Key.TargetHost}:{known.Value}"))
            .ToList();
        if (resource is ProjectResource && urls.Count > 0)
            environment["ASPNETCORE_URLS"] = string.Join(';', urls);
        return environment;
    }

    private async Task<string?> TextAsync(object value, ResourceInstance instance, CancellationToken cancel)
    {
        await secrets.LearnAsync(value, cancel).ConfigureAwait(false);
        return value switch
        {
            InstanceText text => text.Of(instance.Id),
            IValueProvider provider => await provider.GetValueAsync(cancel).ConfigureAwait(false),
            IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancel).ConfigureAwait(false),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
    }
}
