"""Prints the frozen numbers of SearchStatisticsTests, with NumPy 1.24.2 and SciPy 1.10.1: python3 frozen-searches.py"""
import numpy as np
from scipy import stats
from scipy.special import betaincinv, gammaln

i = np.arange(1, 2001)


def weyl(p):
    x = i * np.sqrt(float(p))
    return x - np.floor(x)


u = np.array([weyl(p) for p in (2, 3, 5, 7)])
noise, luck = weyl(11), weyl(13)
width, activation = np.floor(4 * u[2]).astype(int), np.floor(3 * u[3]).astype(int)
log = -4 + 8 * (u[0] - 0.6) ** 2 + 0.5 * np.abs(u[1] - 0.3) + 0.1 * width + 0.1 * (activation == 2) + 0.6 * (noise - 0.5)
failed = (u[0] > 0.93) & (noise > 0.3)
score = np.where(failed, np.inf, 10 ** log)
truth = np.where(failed, np.inf, 10 ** (0.8 * log + luck - 1))


def show(name, *values):
    print(name, ", ".join(repr(float(v)) for v in values))


# The expected best, by logarithms of binomials: another way to the same sum.
v = np.sort(np.where(failed, log[~failed].max(), log))
B = len(v)
choose = lambda a, b: gammaln(a + 1) - gammaln(b + 1) - gammaln(a - b + 1)
for n in (1, 2, 5, 20, 100, 1000, 2000):
    k = np.arange(1, B - n + 2)
    show(f"expected best of {n}:", np.sum(v[k - 1] * np.exp(choose(B - k, n - 1) - choose(B, n))))
for n in (1, 5, 20, 100, 370, 1000):
    p = 1 - 2 ** (-1 / n)
    low = max([l for l in range(1, B + 1) if stats.binom.cdf(l - 1, B, p) <= 0.025], default=0)
    high = min([h for h in range(1, B + 1) if stats.binom.sf(h - 1, B, p) <= 0.025], default=B + 1)
    show(f"band at {n} ({low}, {high}):", v[low - 1] if low else -np.inf, v[high - 1])

# Rank importance: groups of equal counts by rank, and the values of choices.
n = len(score)
for name, groups in (("lr", ((2 * stats.rankdata(u[0]) - 1) * 8 // (2 * n)).astype(int)), ("weight", ((2 * stats.rankdata(u[1]) - 1) * 8 // (2 * n)).astype(int)),
                     ("width", width), ("activation", activation)):
    test = stats.kruskal(*[np.where(failed, 1e300, score)[groups == g] for g in np.unique(groups)])
    show(f"eta squared and chi-square p of {name}:", test.statistic / (n - 1), test.pvalue)
few = slice(0, 20)
groups = ((2 * stats.rankdata(u[1][few]) - 1) * 4 // 40).astype(int)
test = stats.kruskal(*[np.where(failed, 1e300, score)[few][groups == g] for g in range(4)])
show("of 20:", test.statistic / 19, test.pvalue)


# PED-ANOVA.
def smooth(cells):
    n, centres, k = len(cells), np.arange(64), 64
    h = max(1.0, np.std(cells, ddof=1) * n ** -0.2)
    kernel = sum(np.exp(-0.5 * ((centres[:, None] - at[None, :]) / h) ** 2) for at in (cells, -1 - cells, 2 * k - 1 - cells)).sum(axis=1)
    return (n * kernel / kernel.sum() + 1 / k) / (n + 1)


def plain(cells, k):
    return (np.bincount(cells, minlength=k) + 1 / k) / (len(cells) + 1)


best = np.argsort(score, kind="stable")[:200]
pairs = [(smooth(np.floor(64 * x[best]).astype(int)), smooth(np.floor(64 * x).astype(int))) for x in u[:2]]
pairs += [(plain(width[best], 4), plain(width, 4)), (plain(activation[best], 3), plain(activation, 3))]
divergences = np.array([np.sum(q * (p / q - 1) ** 2) for p, q in pairs])
show("divergences:", *divergences)
show("shares:", *(divergences / divergences.sum()))

# Share within a factor of two; regret; sensitivity.
within = int(np.sum(score <= 2 * score.min()))
interval = stats.binomtest(within, n).proportion_ci(method="wilson")
show(f"near best {within}:", within / n, interval.low, interval.high)
a = int(np.argmin(score))
show(f"regret of {a} against {int(np.argmin(truth))}, better {int(np.sum(truth < truth[a]))}:", np.log10(truth[a] / truth.min()), np.log10(np.median(truth) / truth.min()))
others = np.arange(n) != a
for name, near in (("lr", np.abs(u[0] - u[0][a]) <= 0.1), ("width", width == width[a])):
    show(f"sensitivity of {name}, near {int(np.sum(near & others))}:", np.median(score[near & others] / score[a]), np.median(score[~near] / score[a]))


# Kendall's tau-b with ties, its jackknife; Spearman with Fisher's z.
def jackknife(x, y):
    n = len(x)
    tau = stats.kendalltau(x, y).statistic
    without = np.array([stats.kendalltau(np.delete(x, k), np.delete(y, k)).statistic for k in range(n)])
    x = betaincinv((n - 1) / 2, 0.5, 0.05)  # stats.t.ppf of this version is good to nine digits only
    half = np.sqrt((n - 1) * (1 - x) / x) * np.std(without, ddof=1) * (n - 1) / np.sqrt(n)
    return tau, max(-1, tau - half), min(1, tau + half)


x, y = width[:60], np.floor(10 * u[0][:60] * u[2][:60]).astype(int)
show("kendall with ties:", *jackknife(x, y))
show("kendall of six:", *jackknife(np.array([1, 2, 3, 4, 5, 6]), np.array([2, 1, 3, 5, 4, 6])))
ok = ~failed[:100]
x, y = score[:100][ok], truth[:100][ok]
rho = stats.spearmanr(x, y).statistic
half = stats.norm.ppf(0.975) * np.sqrt((1 + rho**2 / 2) / (len(x) - 3))
show(f"spearman of {len(x)}:", rho, np.tanh(np.arctanh(rho) - half), np.tanh(np.arctanh(rho) + half))
