using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine.Logs;

/// <summary>Knows what may be shown nowhere: the secret parameters' values, and what looks like a secret.</summary>
internal sealed partial class Secrets
{
    public const string Mask = "••••••";
    private const int ShortestInText = 4;
    private const int DeepestReference = 8;
    private readonly Lock adding = new();
    private string[] values = [];

    /// <summary>Learns every secret that a value is made of.</summary>
    public async Task LearnAsync(object value, CancellationToken cancel, int depth = 0)
    {
        if (value is ParameterResource { Secret: true } parameter)
            await LearnAsync(parameter, cancel).ConfigureAwait(false);
        if (depth == DeepestReference)
            return;

        if (value is ReferenceExpression expression)
        {
            foreach (var part in expression.ValueProviders)
                await LearnAsync(part, cancel, depth + 1).ConfigureAwait(false);
        }
        else if (value is IValueWithReferences whole)
        {
            foreach (var part in whole.References)
                await LearnAsync(part, cancel, depth + 1).ConfigureAwait(false);
        }
    }

    public void Learn(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;

        lock (adding)
            values = [.. values.Append(value).Append(Uri.EscapeDataString(value)).Distinct().OrderByDescending(known => known.Length)];
    }

    public string InText(string text)
    {
        foreach (var value in values)
        {
            if (value.Length >= ShortestInText)
                text = text.Replace(value, Mask, StringComparison.Ordinal);
        }

        return UserInfo().Replace(Assignment().Replace(text, $"$1{Mask}"), $"$1{Mask}@");
    }

    public string InVariable(string name, string value) =>
        value.Length > 0 && (SecretName().IsMatch(name) || values.Contains(value)) ? Mask : InText(value);

    private async Task LearnAsync(ParameterResource parameter, CancellationToken cancel)
    {
        try
        {
            Learn(await parameter.GetValueAsync(cancel).ConfigureAwait(false));
        }
        catch (MissingParameterValueException)
        {
            // There is no secret to keep, and whoever needs the value says that it is missing.
        }
    }

    [GeneratedRegex("(?:password|passwd|passphrase|secret|token|credential|api_?key|access_?key|private_?key|account_?key|auth)[a-z0-9]*$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("""((?:password|passwd|pwd|secret|token|accesskey|accountkey|access_key|api_?key)["']?\s*[=:]\s*)(?!://)(?:"[^"]*"|'[^']*'|[^\s;,&"']+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();

    [GeneratedRegex("(://[^/@\\s:]*:)[^@/\\s]+@")]
    private static partial Regex UserInfo();
}
