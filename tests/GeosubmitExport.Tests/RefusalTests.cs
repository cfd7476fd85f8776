using Exporter.Delivery.Batches;
using Exporter.GeosubmitExport.Parts;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Partners;

namespace Exporter.GeosubmitExport;

/// <summary>Rules P1 and P2: what is refused is divided, and nothing is given up before anything was accepted.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(313)]
    [InlineData(999)]
    public async Task A_poison_report_does_not_condemn_its_batch(int poison)
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 1000);
        var batch = TestBatch.Seal(export, 1000);
        stand.Partner.Refuses = request => request.Ids.Contains(batch.Ids[poison]) ? 400 : 0;

        (await stand.SendAsync(batch, export)).ShouldBe(new Outcome.Delivered());

        stand.Partner.AcceptedIds.Order().ShouldBe(batch.Ids.Where((_, index) => index != poison).Order());
        Dead(batch).ShouldBe([new ReportRange(poison, poison + 1)]);
        stand.Partner.Requests.Count.ShouldBeLessThanOrEqualTo(21);
    }

    [Fact]
    public async Task Many_poison_reports_cost_a_bounded_number_of_requests_and_what_is_left_undivided_is_dead_as_a_whole()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 1000);
        var batch = TestBatch.Seal(export, 2000);
        var poison = batch.Ids.Where((_, index) => index % 3 == 0).ToHashSet();
        stand.Partner.Refuses = request => request.Ids.Any(poison.Contains) ? 422 : 0;

        (await stand.SendAsync(batch, export)).ShouldBe(new Outcome.Delivered());

        stand.Partner.Requests.Count.ShouldBeLessThan(BatchDelivery.MostSearches + 60);
        stand.Partner.AcceptedIds.ShouldBeUnique();
        stand.Partner.AcceptedIds.ShouldNotContain(id => poison.Contains(id));
        (stand.Partner.AcceptedIds.Count + Dead(batch).Sum(range => range.Count)).ShouldBe(2000);
        batch.Store.Settled.Values.OfType<Outcome.Rejected>().ShouldContain(cause => cause.Detail.Contains("not divided any further"));
    }

    [Fact]
    public async Task A_partner_that_refuses_everything_is_at_fault_itself_and_nothing_is_given_up()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 1000);
        var batch = TestBatch.Seal(export, 2500);
        stand.Partner.Refuses = _ => 404;

        var deferred = (await stand.SendAsync(batch, export)).ShouldBeOfType<Outcome.Deferred>();

        (deferred.ErrorType, deferred.Fault).ShouldBe(("refused", FaultOf.SetUp));
        deferred.Detail.ShouldEndWith("It has taken nothing of the batch so far, so that nothing is given up.");
        batch.Store.Settled.ShouldBeEmpty();
        stand.Partner.Requests.Count.ShouldBeLessThanOrEqualTo(24);

        stand.Partner.Refuses = _ => 0;
        (await stand.SendAsync(batch, export, attempt: 2)).ShouldBe(new Outcome.Delivered());
        stand.Partner.AcceptedIds.ShouldBe(batch.Ids);
    }

    [Fact]
    public async Task A_batch_of_one_refused_report_can_not_be_told_from_a_partner_that_refuses_everything()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export();
        var batch = TestBatch.Seal(export, 1);
        stand.Partner.Refuses = _ => 400;

        (await stand.SendAsync(batch, export)).ShouldBeOfType<Outcome.Deferred>().Fault.ShouldBe(FaultOf.SetUp);

        stand.Partner.Requests.Count.ShouldBe(1);
        batch.Store.Settled.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_batch_that_is_refused_whole_while_others_are_accepted_waits_alone()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export();
        var (poison, healthy) = (TestBatch.Seal(export, 1), TestBatch.Seal(export, 5, seed: 100));
        stand.Partner.Refuses = request => request.Ids.Contains(poison.Ids[0]) ? 400 : 0;
        (await stand.SendAsync(poison, export)).ShouldBeOfType<Outcome.Deferred>().Fault.ShouldBe(FaultOf.SetUp);
        (await stand.SendAsync(poison, export, attempt: 2)).ShouldBeOfType<Outcome.Deferred>().Fault.ShouldBe(FaultOf.SetUp);

        (await stand.SendAsync(healthy, export)).ShouldBe(new Outcome.Delivered());
        (await stand.SendAsync(poison, export, attempt: 3)).ShouldBeOfType<Outcome.Deferred>().Fault.ShouldBe(FaultOf.Batch);
        poison.Store.Settled.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_first_part_that_is_all_poison_waits_until_another_is_accepted()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 4);
        var batch = TestBatch.Seal(export, 12);
        var poison = batch.Ids.Take(4).ToHashSet();
        stand.Partner.Refuses = request => request.Ids.Any(poison.Contains) ? 400 : 0;

        (await stand.SendAsync(batch, export)).ShouldBe(new Outcome.Delivered());

        stand.Partner.AcceptedIds.Order().ShouldBe(batch.Ids.Skip(4).Order());
        Dead(batch).Sum(range => range.Count).ShouldBe(4);
    }

    [Fact]
    public async Task A_batch_of_which_something_was_accepted_before_loses_only_what_is_refused()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 2);
        var batch = TestBatch.Seal(export, 4);
        stand.Partner.Refuses = request => request.Ids.Contains(batch.Ids[2]) ? 503 : 0;
        (await stand.SendAsync(batch, export)).ShouldBeOfType<Outcome.Deferred>();
        stand.Partner.Refuses = _ => 400;

        (await stand.SendAsync(batch, export, attempt: 2)).ShouldBe(new Outcome.Delivered());

        Dead(batch).Sum(range => range.Count).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_too_large_is_halved_until_it_fits_and_the_size_is_remembered()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 64);
        var batch = TestBatch.Seal(export, 256);
        stand.Partner.Refuses = request => request.Ids.Count > 8 ? 413 : 0;

        (await stand.SendAsync(batch, export)).ShouldBe(new Outcome.Delivered());

        stand.Partner.AcceptedIds.Order().ShouldBe(batch.Ids.Order());
        Dead(batch).ShouldBeEmpty();
        stand.Partner.Requests.Count(request => request.Ids.Count > 8).ShouldBeLessThan(16);
        stand.Partner.Requests.ShouldContain(request => request.Ids.Count == 8);
    }

    [Fact]
    public async Task A_report_that_is_too_large_alone_is_a_dead_letter()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 8);
        var batch = TestBatch.Seal(export, 8);
        stand.Partner.Refuses = request => request.Ids.Contains(batch.Ids[5]) ? 413 : 0;

        (await stand.SendAsync(batch, export)).ShouldBe(new Outcome.Delivered());

        var dead = batch.Store.Settled.Single(part => part.Value is not null);
        (dead.Key, dead.Value!.ErrorType).ShouldBe((new ReportRange(5, 6), "request_too_large"));
        stand.Partner.AcceptedIds.Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_fault_while_refused_reports_are_looked_for_ends_the_attempt_and_the_next_goes_on()
    {
        await using var stand = await PartnerStand.StartAsync();
        var export = stand.Export(batch: 16);
        var batch = TestBatch.Seal(export, 16);
        var (poison, calls) = (batch.Ids[9], 0);
        stand.Partner.Refuses = request => ++calls == 4 ? 503 : request.Ids.Contains(poison) ? 400 : 0;

        (await stand.SendAsync(batch, export)).ShouldBeOfType<Outcome.Deferred>().Fault.ShouldBe(FaultOf.Destination);
        (await stand.SendAsync(batch, export, attempt: 2)).ShouldBe(new Outcome.Delivered());

        Dead(batch).ShouldBe([new ReportRange(9, 10)]);
        stand.Partner.AcceptedIds.ShouldBeUnique();
        stand.Partner.AcceptedIds.Count.ShouldBe(15);
    }

    private static List<ReportRange> Dead(TestBatch batch) => [.. batch.Store.Settled.Where(part => part.Value is not null).Select(part => part.Key)];
}
