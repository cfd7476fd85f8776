using DotNet.Testcontainers.Configurations;

namespace DotNet.Testcontainers.Engine;

/// <summary>A configuration as Docker's client takes it. Variables go by its own environment, so that no secret is among the arguments.</summary>
internal static class DockerArguments
{
    public static IReadOnlyList<string> Create(ContainerConfiguration configuration, string name, string session)
    {
        List<string> words = ["create", "--pull", "never", "--name", name, "--label", "org.testcontainers=true", "--label", $"org.testcontainers.session-id={session}"];
        words.AddRange(Each("--label", configuration.Labels.Select(label => $"{label.Key}={label.Value}")));
        words.AddRange(Each("--env", configuration.Environments.Keys));
        words.AddRange(Each("--expose", configuration.ExposedPorts.Keys));
        words.AddRange(Each("--publish", configuration.PortBindings.Select(bound => $"127.0.0.1:{(bound.Value == "0" ? "" : bound.Value)}:{bound.Key}")));
        words.AddRange(Each("--mount", configuration.Mounts));
        words.AddRange(Each("--add-host", configuration.ExtraHosts));
        words.AddRange(Each("--hostname", Maybe(configuration.Hostname)));
        words.AddRange(Each("--workdir", Maybe(configuration.WorkingDirectory)));
        words.AddRange(Each("--entrypoint", configuration.Entrypoint.Take(1)));
        if (configuration.Privileged is true)
            words.Add("--privileged");
        return [.. words, configuration.Image!.FullName, .. configuration.Entrypoint.Skip(1), .. configuration.Command];
    }

    private static IEnumerable<string> Each(string option, IEnumerable<string> values) => values.SelectMany(value => new[] { option, value });

    private static IEnumerable<string> Maybe(string? value) => value is null ? [] : [value];
}
