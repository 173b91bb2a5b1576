namespace PinnSweep.Problems.References.Flow;

/// <summary>
/// What holds on the boundary of a flow. Where a velocity is not given, the stress along it is: ν u_n − p n. Where v = 0 is given beside a
/// stress of 0 on a side across x, u_x = −v_y = 0 there, and so p = 0.
/// </summary>
/// <param name="GivesU">Whether u is given at a point of the boundary.</param>
/// <param name="GivesV">Whether v is.</param>
/// <param name="Velocity">Both at a point of the boundary and a time.</param>
/// <param name="FixesPressure">Whether some part of the boundary leaves a velocity free, and so fixes the pressure's constant.</param>
internal sealed record FlowConditions(
    Func<double, double, bool> GivesU,
    Func<double, double, bool> GivesV,
    Func<double, double, double, (double U, double V)> Velocity,
    bool FixesPressure)
{
    /// <summary>ν u_x − p by height on the right end, where it leaves u free; null for none.</summary>
    public Func<double, double>? Stress { get; init; }

    /// <summary>Both velocities on all sides.</summary>
    public static FlowConditions Everywhere(Func<double, double, double, (double U, double V)> velocity) => new((_, _) => true, (_, _) => true, velocity, FixesPressure: false);

    /// <summary>Both velocities on all sides but the one at x = <paramref name="outlet"/>, where v is given and p = 0.</summary>
    public static FlowConditions Channel(double outlet, double bottom, double top, Func<double, double, double, (double U, double V)> velocity) =>
        new((x, y) => x < outlet || y == bottom || y == top, (_, _) => true, velocity, FixesPressure: true);
}
