using Exporter.Delivery.Secrets;

namespace Exporter.S3Export.Tests.Secrets;

public sealed class SecretFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("exporter-secrets-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_file_wins_over_the_environment_and_loses_its_line_end()
    {
        File.WriteAllText(Path.Combine(folder, "partner-key"), "from file\r\n");

        Make().Read("partner-key").ShouldBe("from file");
        Make().Read("other.key").ShouldBe("from environment");
    }

    [Fact]
    public void Placeholders_in_a_text_are_replaced()
    {
        File.WriteAllText(Path.Combine(folder, "a"), "1");

        Make().Resolve("https://partner.example/?key={secret:a}&other={secret:other.key}").ShouldBe("https://partner.example/?key=1&other=from environment");
    }

    [Fact]
    public void A_missing_one_is_said_with_the_places_where_it_was_looked_for() =>
        Should.Throw<SecretException>(() => Make().Read("nothing")).Message.ShouldBe(
            $"There is no secret 'nothing'. Write it into the file '{folder}/nothing' or the environment variable EXPORTER_SECRET_NOTHING.");

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("..")]
    [InlineData("")]
    public void A_name_can_not_leave_the_folder(string name) =>
        Should.Throw<SecretException>(() => Make().Read(name)).Message.ShouldBe(SecretFolder.NameRule);

    [Fact]
    public void A_file_that_is_too_large_is_refused_without_its_value()
    {
        File.WriteAllText(Path.Combine(folder, "large"), new string('x', 70_000));

        Should.Throw<SecretException>(() => Make().Read("large")).Message.ShouldNotContain(new string('x', 20));
    }

    private SecretFolder Make() => new(folder, name => name == "EXPORTER_SECRET_OTHER_KEY" ? "from environment" : null);
}
