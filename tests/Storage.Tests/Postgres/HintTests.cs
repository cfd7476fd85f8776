namespace Exporter.Storage.Postgres;

public sealed class HintTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(20, 2)]
    [InlineData(10_000, 30)]
    public void A_whole_scan_is_due_again_after_a_hundred_times_what_it_took_or_half_a_minute(int tookMilliseconds, double seconds)
    {
        var clock = new TestClock(DateTimeOffset.UnixEpoch);
        var hint = new QueueHint(clock);
        hint.Begin().IsWhole.ShouldBeTrue();
        hint.Took(TimeSpan.FromMilliseconds(tookMilliseconds));

        clock.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        hint.Begin().IsWhole.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.2));
        hint.Begin().IsWhole.ShouldBeTrue();
    }
}
