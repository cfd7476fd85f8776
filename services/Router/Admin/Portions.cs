using Exporter.Delivery.Queries;

namespace Exporter.Router.Admin;

// Much work in short transactions, so that deliveries go on between them.
internal static class Portions
{
    public const int Size = 1000;

    // What was done is told even when it breaks off.
    public static async Task<ReportTotals> WorkAsync(Func<int, Task<ReportTotals>> work, Action<ReportTotals> tell, long most = long.MaxValue)
    {
        var total = default(ReportTotals);
        try
        {
            while (total.Items < most)
            {
                var done = await work((int)Math.Min(Size, most - total.Items));
                if (done.Items == 0)
                    break;
                total += done;
            }
        }
        finally
        {
            if (total.Items > 0)
                tell(total);
        }

        return total;
    }
}
