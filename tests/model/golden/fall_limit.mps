NAME        
ROWS
 N  NoObj   
 G  fall_limit_2020_110000
 G  fall_limit_2020_120000
 G  fall_limit_2020_130000
 G  fall_limit_2022_110000
 G  fall_limit_2022_120000
 G  fall_limit_2022_130000
COLUMNS
    quota_2020_110000  fall_limit_2020_110000  1
    quota_2020_110000  fall_limit_2022_110000  -0.5625
    quota_2020_120000  fall_limit_2020_120000  1
    quota_2020_120000  fall_limit_2022_120000  -0.5625
    quota_2020_130000  fall_limit_2020_130000  1
    quota_2020_130000  fall_limit_2022_130000  -0.5625
    quota_2022_110000  fall_limit_2022_110000  1
    quota_2022_120000  fall_limit_2022_120000  1
    quota_2022_130000  fall_limit_2022_130000  1
RHS
    RHS_V     fall_limit_2020_110000  7.96875
    RHS_V     fall_limit_2020_120000  15.9375
    RHS_V     fall_limit_2020_130000  23.90625
BOUNDS
 FR BOUND     quota_2020_110000
 FR BOUND     quota_2020_120000
 FR BOUND     quota_2020_130000
 FR BOUND     quota_2022_110000
 FR BOUND     quota_2022_120000
 FR BOUND     quota_2022_130000
ENDATA
