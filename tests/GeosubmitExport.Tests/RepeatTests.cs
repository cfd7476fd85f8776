using Exporter.Delivery.Batches;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;

namespace Exporter.GeosubmitExport;

public sealed class RepeatTests
{
    [Fact]
    public async Task A_lost_answer_is_repeated_with_the_same_key_and_the_parts_before_it_are_not()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 10);
        var batch = TestBatch.Seal(export, 35);
        stand.Partner.FailNext(new(PartnerEffect.AnswerAfter));
        stand.Partner.FailNext(new(PartnerEffect.ResetAfter));
        stand.Partner.HonoursKeys = false;

        (await stand.SendAsync(batch, export)).ShouldBeOfType<Outcome.Deferred>().Fault.ShouldBe(FaultOf.Destination);
        (await stand.SendAsync(batch, export, attempt: 2)).ShouldBe(new Outcome.Delivered());

        var keys = stand.Partner.Requests.Select(request => request.Key[(request.Key.IndexOf(':') + 1)..]);
        keys.ShouldBe(["0-10", "10-20", "10-20", "20-30", "30-35"]);
    }

    [Fact]
    public async Task A_partner_that_remembers_keys_has_everything_once_whatever_is_lost()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 10);
        var batch = TestBatch.Seal(export, 95);
        Outcome outcome;
        var attempts = 0;
        do
        {
            stand.Partner.FailNext(new(PartnerEffect.AnswerAfter));
            stand.Partner.FailNext(new(PartnerEffect.ResetAfter));
            outcome = await stand.SendAsync(batch, export, ++attempts);
        }
        while (outcome is Outcome.Deferred && attempts < 30);

        outcome.ShouldBe(new Outcome.Delivered());
        attempts.ShouldBeGreaterThan(5);
        stand.Partner.AcceptedIds.ShouldBe(batch.Ids);
        stand.Partner.Requests.GroupBy(request => request.Key).ShouldAllBe(same => same.Select(request => request.Text).Distinct().Count() == 1);
    }

    [Fact]
    public async Task Halves_whose_answer_was_lost_are_halved_alike_the_next_time()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 16);
        var batch = TestBatch.Seal(export, 16);
        stand.Partner.FailNext(PartnerFault.Answer(413));
        stand.Partner.FailNext(new(PartnerEffect.ResetAfter));
        stand.Partner.Refuses = request => request.Ids.Count > 8 ? 413 : 0;

        (await stand.SendAsync(batch, export)).ShouldBeOfType<Outcome.Deferred>();
        (await stand.SendAsync(batch, export, attempt: 2)).ShouldBe(new Outcome.Delivered());

        stand.Partner.AcceptedIds.ShouldBe(batch.Ids);
    }
}
