using Exporter.Delivery.Batches;
using Exporter.Delivery.Sending;

namespace Exporter.Delivery;

public sealed class CircuitTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    private static readonly CircuitTerms Terms = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), 1);
    private static readonly Outcome.Deferred Away = new("away", "Check it.", FaultOf.Destination);
    private static readonly Outcome.Deferred Denied = new("denied", "Give it a key.", FaultOf.SetUp);

    [Fact]
    public void Faults_in_a_row_open_it_and_each_failed_probe_makes_the_pause_longer()
    {
        Circuit? circuit = null;
        var now = Start;
        foreach (var (isOpen, seconds) in new[] { (false, 0), (false, 0), (true, 4), (true, 8), (true, 10), (true, 10) })
        {
            var before = circuit;
            circuit = Circuit.After(circuit, Away, Terms, now).ShouldNotBeNull();
            (circuit.IsOpen, circuit.PausedUntil - now, circuit.Since).ShouldBe((isOpen, TimeSpan.FromSeconds(seconds), Start));
            Circuit.Change(before, circuit).ShouldBe(isOpen && before is { IsOpen: false } ? CircuitChange.Opened : CircuitChange.None);
            now = circuit.PausedUntil;
        }
    }

    [Fact]
    public void A_fault_of_the_set_up_opens_it_at_once()
    {
        var circuit = Circuit.After(null, Denied, Terms, Start).ShouldNotBeNull();
        (circuit.IsOpen, circuit.Faults, circuit.PausedUntil, circuit.ErrorType).ShouldBe((true, 1, Start + TimeSpan.FromSeconds(1), "denied"));
    }

    [Fact]
    public void Anything_but_a_fault_of_the_destination_closes_it()
    {
        var open = Circuit.After(null, Denied, Terms, Start);
        foreach (var outcome in new Outcome[] { new Outcome.Delivered(), new Outcome.Rejected("odd", "Odd."), new Outcome.Deferred("odd", "Odd.", FaultOf.Batch) })
        {
            Circuit.After(open, outcome, Terms, Start).ShouldBeNull();
            Circuit.Change(open, null).ShouldBe(CircuitChange.Closed);
        }

        Circuit.Change(Circuit.After(null, Away, Terms, Start), null).ShouldBe(CircuitChange.None);
    }

    [Fact]
    public void What_was_under_way_when_the_pause_began_does_not_make_it_longer()
    {
        var open = Circuit.After(null, Denied, Terms, Start).ShouldNotBeNull();
        Circuit.After(open, Away, Terms, Start).ShouldBe(open with { ErrorType = "away", ErrorDetail = "Check it." });
    }

    [Fact]
    public void The_destinations_own_wish_wins_over_the_back_off()
    {
        var asked = Circuit.After(null, Away with { After = TimeSpan.FromSeconds(90) }, Terms, Start).ShouldNotBeNull();
        (asked.IsOpen, asked.PausedUntil).ShouldBe((false, Start + TimeSpan.FromSeconds(90)));
    }

    [Fact]
    public void Every_fourth_probe_passes_by_ever_more_batches_within_a_bound()
    {
        var circuit = Circuit.After(null, Denied, Terms, Start).ShouldNotBeNull();
        Enumerable.Range(1, 12).Select(faults => (circuit with { Faults = faults }).ProbeSkip).ShouldBe([0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4]);
        Enumerable.Range(1, 1000).Max(faults => (circuit with { Faults = faults }).ProbeSkip).ShouldBe(Circuit.FurthestBack);
        (circuit with { IsOpen = false, Faults = 4 }).ProbeSkip.ShouldBe(0);
    }

    [Theory]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(4, 0.25, 2)]
    [InlineData(9, 1, 60)]
    [InlineData(2_000_000, 1, 60)]
    public void A_back_off_doubles_up_to_its_cap_with_full_jitter(int attempt, double chance, double seconds) =>
        new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), () => chance).After(attempt).ShouldBe(TimeSpan.FromSeconds(seconds));
}
