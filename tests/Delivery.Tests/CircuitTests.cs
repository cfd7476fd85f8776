using Exporter.Delivery.Sending;

namespace Exporter.Delivery;

public sealed class CircuitTests
{
    private readonly StandingClock clock = new();

    [Fact]
    public void An_open_circuit_lets_one_probe_through_after_each_longer_pause()
    {
        var circuit = new Circuit(new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), () => 1), clock);
        circuit.Allowed(5).ShouldBe(5);
        circuit.Fail(null).ShouldBeTrue();
        foreach (var seconds in new[] { 1, 2, 4, 4 })
        {
            circuit.Allowed(5).ShouldBe(0);
            circuit.Pause.ShouldBe(TimeSpan.FromSeconds(seconds));
            clock.Now += TimeSpan.FromSeconds(seconds);
            circuit.Allowed(5).ShouldBe(1);
            circuit.Fail(null).ShouldBeFalse();
        }

        circuit.Succeed().ShouldBeTrue();
        circuit.Succeed().ShouldBeFalse();
        circuit.Allowed(5).ShouldBe(5);
    }

    [Fact]
    public void The_destinations_own_wish_wins_over_the_back_off()
    {
        var circuit = new Circuit(new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), () => 1), clock);
        circuit.Fail(TimeSpan.FromSeconds(90));
        circuit.Pause.ShouldBe(TimeSpan.FromSeconds(90));
    }

    [Theory]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(4, 0.25, 2)]
    [InlineData(9, 1, 60)]
    [InlineData(2_000_000, 1, 60)]
    public void A_back_off_doubles_up_to_its_cap_with_full_jitter(int attempt, double chance, double seconds) =>
        new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), () => chance).After(attempt).ShouldBe(TimeSpan.FromSeconds(seconds));

    private sealed class StandingClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
