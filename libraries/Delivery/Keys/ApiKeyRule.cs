namespace Exporter.Delivery.Keys;

/// <summary>Says why a text is no API key.</summary>
public static class ApiKeyRule
{
    /// <summary>The sentence for a text that <see cref="ApiKey.IsWellFormed"/> refuses; it does not repeat the text.</summary>
    public static string SentenceFor(string text) =>
        text.Length is < ApiKey.MinLength or > ApiKey.MaxLength
            ? $"Must be {ApiKey.MinLength} to {ApiKey.MaxLength} ASCII letters, digits and hyphens, found {text.Length} characters."
            : $"Must hold ASCII letters, digits and hyphens only, found another character at place {PlaceOf(text)}.";

    private static int PlaceOf(string text) => text.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '-').Count() + 1;
}
