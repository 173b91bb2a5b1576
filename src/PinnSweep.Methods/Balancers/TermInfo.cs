using PinnSweep.Problems.Formulation;

namespace PinnSweep.Methods.Balancers;

/// <summary>A loss term as a balancer sees it.</summary>
/// <param name="Name">Its name, also the key of <c>weights</c> in study files.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Points">Number of its points.</param>
/// <param name="Scale">Characteristic size of its residual in the problem's units (power normalization).</param>
public sealed record TermInfo(string Name, TermRole Role, int Points, double Scale);
