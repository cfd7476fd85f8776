using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LowerLetters = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperLetters = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string Specials = "-_.{}~()*+!";

    /// <summary>How long it is at least.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether small letters may be in it.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether capitals may be in it.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits may be in it.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether other characters may be in it.</summary>
    public bool Special { get; set; } = true;

    /// <summary>How many small letters there are at least.</summary>
    public int MinLower { get; set; }

    /// <summary>How many capitals there are at least.</summary>
    public int MinUpper { get; set; }

    /// <summary>How many digits there are at least.</summary>
    public int MinNumeric { get; set; }

    /// <summary>How many other characters there are at least.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    public override string GetDefaultValue()
    {
        var all = $"{(Lower ? LowerLetters : "")}{(Upper ? UpperLetters : "")}{(Numeric ? Digits : "")}{(Special ? Specials : "")}";
        if (all.Length == 0)
            throw new InvalidOperationException("A generated parameter needs at least one kind of character.");

        var value = RandomNumberGenerator.GetString(LowerLetters, MinLower) + RandomNumberGenerator.GetString(UpperLetters, MinUpper)
            + RandomNumberGenerator.GetString(Digits, MinNumeric) + RandomNumberGenerator.GetString(Specials, MinSpecial);
        var characters = (value + RandomNumberGenerator.GetString(all, Math.Max(0, MinLength - value.Length))).ToCharArray();
        RandomNumberGenerator.Shuffle(characters.AsSpan());
        return new(characters);
    }
}
