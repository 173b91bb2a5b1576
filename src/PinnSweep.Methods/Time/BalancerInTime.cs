using PinnSweep.Methods.Balancers;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Time;

/// <summary>Puts a balancer in time.</summary>
/// <param name="problem">The problem.</param>
/// <param name="context">What the balancer is made for.</param>
/// <param name="level">The level of the factor time.</param>
/// <param name="balancer">Makes the balancer of the balancer's level.</param>
public delegate IBalancer BalancerInTime(Problem problem, BalancerContext context, Level level, Func<BalancerContext, IBalancer> balancer);
