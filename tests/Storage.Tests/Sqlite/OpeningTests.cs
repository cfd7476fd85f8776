using Exporter.Storage.Stores;

namespace Exporter.Storage.Sqlite;

public sealed class OpeningTests
{
    [Fact]
    public async Task A_damaged_database_is_refused_with_a_sentence_that_says_what_to_do()
    {
        await using var fixture = await SqliteFixture.OpenAsync();
        await fixture.CommitAsync(2000);
        await fixture.Store.DisposeAsync();
        var copy = fixture.DatabasePath + ".damaged";
        var bytes = await File.ReadAllBytesAsync(fixture.DatabasePath, StoreFixture.Cancel);
        Array.Fill(bytes, (byte)0xEE, 16384, 16384);
        await File.WriteAllBytesAsync(copy, bytes, StoreFixture.Cancel);

        var refused = await Should.ThrowAsync<StoreStartException>(() => SqliteStore.OpenAsync(copy, new SqliteOptions(), fixture.Clock));
        refused.Message.ShouldContain("is damaged");
        refused.Message.ShouldEndWith("Restore it from a backup, or move it away to start with an empty one.");
        await fixture.ReopenAsync();
    }

    [Fact]
    public async Task A_newer_database_and_another_programs_are_refused()
    {
        await using var fixture = await SqliteFixture.OpenAsync();
        await fixture.Store.Writer.RunAsync(session => session.Execute("insert into revision (name, value) values ('marker', 1)"));
        await fixture.Store.DisposeAsync();
        using (var session = SqliteDatabase.Open(fixture.DatabasePath))
            session.Execute("pragma user_version = 999");
        var newer = await Should.ThrowAsync<StoreStartException>(() => SqliteStore.OpenAsync(fixture.DatabasePath, new SqliteOptions(), fixture.Clock));
        newer.Message.ShouldBe(
            $"Database '{fixture.DatabasePath}' has version 999, and this program knows up to {SqliteMigrations.Newest}. Use the Exporter that wrote it, or a newer one.");

        using (var session = SqliteDatabase.Open(fixture.DatabasePath))
        {
            session.Execute($"pragma user_version = {SqliteMigrations.Newest}");
            session.Execute("pragma application_id = 7");
        }

        var foreign = await Should.ThrowAsync<StoreStartException>(() => SqliteStore.OpenAsync(fixture.DatabasePath, new SqliteOptions(), fixture.Clock));
        foreign.Message.ShouldBe($"File '{fixture.DatabasePath}' is a database, but not Exporter's. Choose another data folder with --data.");

        using (var session = SqliteDatabase.Open(fixture.DatabasePath))
            session.Execute("pragma application_id = 1163415636");
        await fixture.ReopenAsync();
        (await fixture.CountAsync("revision")).ShouldBe(3);
    }

    [Fact]
    public void A_data_folder_belongs_to_one_process()
    {
        var path = Directory.CreateTempSubdirectory("exporter-folder-").FullName;
        using (DataFolder.Take(path))
            Should.Throw<StoreStartException>(() => DataFolder.Take(path)).Message.ShouldContain("If another Exporter uses it, stop that one or choose another folder with --data.");
        DataFolder.Take(path).Dispose();
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public async Task Commits_are_on_disk_and_the_log_is_bounded()
    {
        await using var fixture = await SqliteFixture.OpenAsync();
        var mode = await fixture.Store.Readers.ReadAsync(session => session.Scalar<string>("pragma journal_mode"), StoreFixture.Cancel);
        var vacuum = await fixture.Store.Readers.ReadAsync(session => session.Scalar<long>("pragma auto_vacuum"), StoreFixture.Cancel);
        var synchronous = await fixture.Store.Writer.RunAsync(session => session.Scalar<long>("pragma synchronous"));
        (mode, vacuum, synchronous).ShouldBe(("wal", 2L, 2L));
    }
}
