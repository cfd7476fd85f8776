namespace Compat.Processes;

/// <summary>What of our own environment is nobody else's: our secrets, our addresses, what <c>dotnet run</c> told us.</summary>
internal static class InheritedEnvironment
{
    private static readonly string[] Names = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "DOTNET_HOST_PATH", "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN", "DOTNET_DASHBOARD_FRONTEND_BROWSERTOKEN"];
    private static readonly string[] Prefixes = ["ConnectionStrings__", "Parameters__", "AppHost__", "MSBUILD", "DOTNET_CLI_"];

    public static void Clean(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(IsOurs).ToList())
            environment.Remove(name);
    }

    private static bool IsOurs(string name) =>
        Names.Contains(name) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
