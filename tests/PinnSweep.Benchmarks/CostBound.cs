using PinnSweep.Methods.Balancers;
using PinnSweep.Studies.Values;

namespace PinnSweep.Benchmarks;

/// <summary>
/// The cost contract: the most that a step under a balancer may take, in steps under <c>static</c>. Methods on terms 1.25 whatever the
/// interval, methods on points 1.15, methods on gradients 1.5; the tangent kernel, which needs the gradient of every single residual, 3 at
/// interval 1 and 1.05 at its own.
/// </summary>
internal static class CostBound
{
    public static double? Of(Level balancer) => balancer.Kind switch
    {
        "static" => null,
        "ntk" => balancer.Parameters.Integer("interval") == 1 ? 3 : 1.05,
        _ => BalancerCatalog.Find(balancer.Kind).Granularity switch
        {
            Granularity.Term => 1.25,
            Granularity.Point => 1.15,
            _ => 1.5,
        },
    };
}
