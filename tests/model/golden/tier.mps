NAME        
ROWS
 N  NoObj   
 E  tier_110000
 E  tier_130000
COLUMNS
    quota_110000  tier_110000  1
    quota_130000  tier_130000  1
    tier_quota_1  tier_110000  -12
    tier_quota_1  tier_130000  -36
RHS
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_130000
 FR BOUND     tier_quota_1
ENDATA
