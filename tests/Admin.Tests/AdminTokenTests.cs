using Exporter.Router.Admin;
using Grpc.Core;

namespace Exporter.Admin.Tests;

public sealed class AdminTokenTests : AdminFixture
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task A_call_without_a_bearer_token_is_unauthenticated(string? authorization)
    {
        var refusal = await RefusedAsync(StatusCode.Unauthenticated, () => StatusWithAsync(authorization));
        refusal.Status.Detail.ShouldBe(
            "AdminService wants the metadata 'authorization: Bearer <token>'; the token stands in the server's admin token file.");
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    public async Task A_call_with_another_token_is_unauthenticated(string authorization)
    {
        var refusal = await RefusedAsync(StatusCode.Unauthenticated, () => StatusWithAsync(authorization));
        refusal.Status.Detail.ShouldBe("The admin token is not the right one. It stands in the server's admin token file.");
    }

    [Fact]
    public async Task A_token_that_begins_like_the_right_one_is_not_the_right_one() =>
        await RefusedAsync(StatusCode.Unauthenticated, () => StatusWithAsync($"Bearer {AdminTokenFile.Read(Server.TokenFile)[..^1]}"));

    [Fact]
    public async Task The_token_lets_in_whatever_the_case_of_the_scheme() =>
        await StatusWithAsync($"bearer {AdminTokenFile.Read(Server.TokenFile)}");

    [Fact]
    public async Task A_changed_token_holds_at_once()
    {
        var old = $"Bearer {AdminTokenFile.Read(Server.TokenFile)}";
        await File.WriteAllTextAsync(Server.TokenFile, "another-token-of-some-length\n", Cancel);

        await RefusedAsync(StatusCode.Unauthenticated, () => StatusWithAsync(old));
        await StatusWithAsync("Bearer another-token-of-some-length");
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public async Task A_file_without_a_usable_token_lets_nobody_in(string text)
    {
        await File.WriteAllTextAsync(Server.TokenFile, text, Cancel);
        var refusal = await RefusedAsync(StatusCode.Unavailable, () => StatusWithAsync($"Bearer {text}"));
        refusal.Status.Detail.ShouldBe("The server can't read its admin token file; its log says why.");
    }

    [Fact]
    public void A_new_token_is_long_random_and_its_owners_alone()
    {
        var other = Path.Combine(Server.Folder, "other.token");
        AdminTokenFile.EnsureExists(other);

        AdminTokenFile.Read(other).Length.ShouldBe(64);
        AdminTokenFile.Read(other).ShouldNotBe(AdminTokenFile.Read(Server.TokenFile));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(other).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_token_that_is_there_stays()
    {
        var token = AdminTokenFile.Read(Server.TokenFile);
        AdminTokenFile.EnsureExists(Server.TokenFile);
        AdminTokenFile.Read(Server.TokenFile).ShouldBe(token);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = Path.Combine(Server.Folder, "gone.token");
        Should.Throw<InvalidDataException>(() => AdminTokenFile.Read(path))
            .Message.ShouldStartWith($"Admin token file '{path}' can't be read: ");
    }

    private async Task StatusWithAsync(string? authorization) =>
        await Server.ClientWith(authorization).GetStatusAsync(new(), cancellationToken: Cancel);
}
